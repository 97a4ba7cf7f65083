package dev.drawbridge;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
public class Drawbridge {

    public static void main(String[] arguments) {
        SpringApplication.run(Drawbridge.class, arguments);
    }
}
